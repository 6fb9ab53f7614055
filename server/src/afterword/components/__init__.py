"""The status page itself and the parts of the product that can break."""
