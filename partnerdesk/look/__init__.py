"""How things are drawn: colour tokens, type, icons, painters and charts shared by screen and paper."""
