"""What is shown: Qt item models, drafts."""
