"""What is true: records, rules, arithmetic. Standard library only."""
