"""What the browser pages show: frozen views, read inside a session that ends before they leave."""
