"""The Upscale dialect: declared once, which yields validation, routes, OpenAPI and the documentation page."""
