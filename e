undercurrent: write /dev/stdout: broken pipe
