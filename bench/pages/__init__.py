"""What a reader's browser and an auditor's tools say of the public pages of the demo."""
