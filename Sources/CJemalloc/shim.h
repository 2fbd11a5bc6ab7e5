// Empty, so that the program is built where jemalloc is not installed; glibc allocates there.
