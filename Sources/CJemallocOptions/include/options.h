// What jemalloc reads before the program begins (jemalloc(3), "TUNING"); MALLOC_CONF in the environment adds to it. Without
// jemalloc nobody reads it.
extern const char *malloc_conf;
