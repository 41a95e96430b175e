"""OpenDocument texts (.odt), written anew as Word documents, so that one way of reading serves both."""
