"""The widgets every page is made of: style, fields, chips, pickers, toasts."""
