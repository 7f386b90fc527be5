"""What an order mail states: dates, money, tables, lines, people. Every value knows its source."""
