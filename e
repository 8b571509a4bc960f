undercurrent: /dev/null cannot be used: it ends after 0 bytes in the middle of a model, expected a whole one
