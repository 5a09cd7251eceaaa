"""What the server tells of itself: metrics, traces, times. See docs/adr/0012."""
