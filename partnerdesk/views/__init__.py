"""What is seen: windows, pages, forms."""
