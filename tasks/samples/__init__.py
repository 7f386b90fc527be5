"""The sample company: its people, customers, two years of history, and three fresh mails."""
