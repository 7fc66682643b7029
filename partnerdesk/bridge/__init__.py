"""The one staircase between the window and the office file: off-thread work, news, undo."""
