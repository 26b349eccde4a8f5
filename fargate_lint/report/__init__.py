"""What is printed: findings, tickets, launches, and the catalogue of rules."""
