"""The page to play with: layers, their pictures and their sizes, in a browser, from one file.

No law is written in JavaScript. The page's laws, requirements and rules are the operators' own
terms, in the meaning `javascript`; its layers are those of the registry. The files in `assets`
draw what these functions say.
"""
