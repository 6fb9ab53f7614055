"""Who gets which publication, in which words: freezes recipients into letters, resumably."""
