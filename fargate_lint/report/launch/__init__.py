"""What `render` and `trace` print: configurations, routes, a record's journey."""
