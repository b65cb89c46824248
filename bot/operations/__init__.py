"""What an operator watches: metrics, health, and logs that hold nobody's words; knows nothing of Discord."""
