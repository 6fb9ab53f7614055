"""THE DOOR. A publication is what left: frozen text, rendered HTML, public facts, hash chain.

The page, feeds, API and letters are made from publications and from nothing else. Outward rooms
read ``models`` and ``queries``; only ``actions`` reaches inward.
"""
