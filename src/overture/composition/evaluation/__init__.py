"""The evaluator: hard gates and soft scores of messages, ours or anyone's, alone and over a campaign."""
