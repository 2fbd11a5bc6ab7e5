/* Makes one system call of a program fail, for tests: loaded by LD_PRELOAD into a built dagroster.
 *
 *   FAULT_TREE   only calls on files under this folder's journal, records and access files count
 *   FAULT_AT     the number of the call that fails, from 1; later ones work again unless FAULT_STAYS is set
 *   FAULT_CODE   the error number, or 0: a write writes one byte less
 *   FAULT_KILLS  the call does not fail: the program is killed before it
 *   FAULT_STAYS  every later call of the same kind fails, too
 *   FAULT_LOG    a file that gets one line when the fault has struck
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { WRITE = 1, SYNC, RENAME, OPEN, UNLINK };

static atomic_long calls;
static atomic_int struck;

static int counts(const char *path) {
    const char *tree = getenv("FAULT_TREE");
    size_t length = tree ? strlen(tree) : 0;
    if (!length || strncmp(path, tree, length) != 0) return 0;
    const char *rest = path + length;
    return strncmp(rest, "/.dagroster/journal", 19) == 0 || strncmp(rest, "/provisioned", 12) == 0 ||
           strncmp(rest, "/access", 7) == 0;
}

static int counts_file(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return counts(path);
}

static void note(const char *what) {
    const char *log = getenv("FAULT_LOG");
    int file = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (file < 0) return;
    dprintf(file, "%s\n", what);
    close(file);
}

/* Whether this call fails. */
static int strikes(enum kind kind, const char *what) {
    const char *at = getenv("FAULT_AT");
    if (!at) return 0;
    if (atomic_load(&struck) == (int)kind && getenv("FAULT_STAYS")) return 1;
    if (atomic_fetch_add(&calls, 1) + 1 != atol(at)) return 0;
    atomic_store(&struck, kind);
    note(what);
    if (getenv("FAULT_KILLS")) raise(SIGKILL);
    return 1;
}

static int code(void) {
    const char *text = getenv("FAULT_CODE");
    return text ? atoi(text) : EIO;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off_t), int file, const void *bytes, size_t count,
                        off_t offset) {
    if (counts_file(file) && strikes(WRITE, "write")) {
        if (code() != 0) { errno = code(); return -1; }
        if (count > 1) count -= 1;
    }
    return real(file, bytes, count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    return write_at(REAL(pwrite), file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return write_at((ssize_t(*)(int, const void *, size_t, off_t))REAL(pwrite64), file, bytes, count, offset);
}

int fdatasync(int file) {
    if (code() != 0 && counts_file(file) && strikes(SYNC, "fdatasync")) { errno = code(); return -1; }
    return REAL(fdatasync)(file);
}

int fsync(int file) {
    if (code() != 0 && counts_file(file) && strikes(SYNC, "fsync")) { errno = code(); return -1; }
    return REAL(fsync)(file);
}

int rename(const char *old, const char *new) {
    if (code() != 0 && counts(new) && strikes(RENAME, "rename")) { errno = code(); return -1; }
    return REAL(rename)(old, new);
}

int unlink(const char *path) {
    if (code() != 0 && counts(path) && strikes(UNLINK, "unlink")) { errno = code(); return -1; }
    return REAL(unlink)(path);
}

static int open_at(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (code() != 0 && writes && counts(path) && strikes(OPEN, "open")) { errno = code(); return -1; }
    return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_at((int (*)(const char *, int, ...))REAL(open), path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_at((int (*)(const char *, int, ...))REAL(open64), path, flags, mode);
}
