"""Virtual customers and colleagues, who play orders through the real system."""
