"""What is printed: documents become pages, and pages become print, PDF or PNG."""
