#include "options.h"

// Two arenas however many processors there are, not four for each: what one thread frees another finds, and less memory
// lies about unused. Most calls are served by each thread's own cache and meet nobody.
const char *malloc_conf = "narenas:2";
