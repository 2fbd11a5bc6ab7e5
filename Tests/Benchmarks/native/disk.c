// Durable patterns on the disk of a folder, each with real fsync, fdatasync or syncfs.
// Usage: disk PATTERN FOLDER COUNT [BATCH]
//   append       one file grows by 400 bytes and an fdatasync, BATCH records each time
//   journal      the same into preallocated, overwritten space
//   range        BATCH files: written, sync_file_range, renamed over the old ones, one fsync of the folder
//   syncfs       BATCH files: written, one syncfs, renamed over the old ones, one fsync of the folder
//   exchange     a journal with BATCH records a sync, files exchanged and unlinked behind it, one syncfs at the end
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { record_size = 400, file_size = 600, most = 100000 };
static char content[file_size];
static int folder;
static double latency[most];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void check(int failed, const char *what) {
    if (!failed) return;
    fprintf(stderr, "disk: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void name(char *text, const char *kind, int number) { snprintf(text, 64, "%s-%d.yaml", kind, number); }

static int write_file(const char *path) {
    int file = openat(folder, path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    check(file < 0, path);
    check(write(file, content, file_size) != file_size, path);
    return file;
}

static void prepare(int count) {
    char path[64];
    for (int index = 0; index < count; index++) {
        name(path, "user", index);
        close(write_file(path));
    }
    check(syncfs(folder) != 0, "syncfs");
}

static int journal(size_t bytes) {
    int file = openat(folder, "journal", O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    check(file < 0, "journal");
    char *zeros = calloc(1, 1 << 20);
    for (size_t done = 0; done < bytes; done += 1 << 20) check(write(file, zeros, 1 << 20) != 1 << 20, "journal");
    free(zeros);
    check(fsync(file) != 0, "journal");
    lseek(file, 0, SEEK_SET);
    return file;
}

static void records(int file, int count) {
    char text[64 * record_size];
    memset(text, 'r', sizeof text);
    while (count > 0) {
        int now = count < 64 ? count : 64;
        check(write(file, text, (size_t)now * record_size) != now * record_size, "write");
        count -= now;
    }
    check(fdatasync(file) != 0, "fdatasync");
}

static int by_size(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

static void replace_batch(const char *pattern, int first, int count) {
    int files[4096];
    char from[64], to[64];
    for (int index = 0; index < count; index++) {
        name(from, "new", first + index);
        files[index] = write_file(from);
    }
    if (!strcmp(pattern, "syncfs")) check(syncfs(folder) != 0, "syncfs");
    for (int index = 0; index < count; index++) {
        if (!strcmp(pattern, "range")) {
            unsigned flags = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
            check(sync_file_range(files[index], 0, 0, flags) != 0, "sync_file_range");
        }
        close(files[index]);
    }
    for (int index = 0; index < count; index++) {
        name(from, "new", first + index);
        name(to, "user", first + index);
        check(renameat(folder, from, folder, to) != 0, "rename");
    }
    check(fsync(folder) != 0, "fsync");
}

static void exchange_batch(int file, int first, int count) {
    char from[64], to[64];
    records(file, count);
    for (int index = 0; index < count; index++) {
        name(from, "new", first + index);
        name(to, "user", first + index);
        close(write_file(from));
        check(syscall(SYS_renameat2, folder, from, folder, to, RENAME_EXCHANGE) != 0, "renameat2");
        check(unlinkat(folder, from, 0) != 0, "unlink");
    }
}

int main(int arguments, char **argument) {
    if (arguments < 4) {
        fprintf(stderr, "usage: disk PATTERN FOLDER COUNT [BATCH]\n");
        return 64;
    }
    const char *pattern = argument[1];
    int count = atoi(argument[3]), batch = arguments > 4 ? atoi(argument[4]) : 1, steps = 0, file = -1;
    if (count < 1 || count > most || batch < 1 || batch > 4096) return 64;
    folder = open(argument[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check(folder < 0, argument[2]);
    memset(content, 'x', file_size);
    int is_append = !strcmp(pattern, "append"), is_journal = !strcmp(pattern, "journal");
    int is_exchange = !strcmp(pattern, "exchange");
    if (is_append) file = journal(0);
    if (is_journal || is_exchange) file = journal((size_t)count * record_size);
    if (!is_append && !is_journal) prepare(count);
    double start = now();
    for (int done = 0; done < count; done += batch) {
        int size = count - done < batch ? count - done : batch;
        double before = now();
        if (is_append || is_journal) records(file, size);
        else if (is_exchange) exchange_batch(file, done, size);
        else replace_batch(pattern, done, size);
        latency[steps++] = now() - before;
    }
    if (is_exchange) check(syncfs(folder) != 0, "syncfs");
    double seconds = now() - start;
    qsort(latency, (size_t)steps, sizeof *latency, by_size);
    printf("{\"pattern\": \"%s\", \"rate\": %.1f, \"seconds\": %.6f, \"p50\": %.6f}\n", pattern, count / seconds,
           seconds, latency[steps / 2]);
    return 0;
}
