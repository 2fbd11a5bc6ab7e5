// What libyaml alone takes to read a tree: every file parsed to its last event, and nothing made of it.
// Usage: tree folder FOLDER THREADS   lists, opens, reads and parses every .yaml below a folder
//        tree batch                   parses what `git cat-file --batch` answers on standard input
// Prints the files, the events and the seconds as JSON.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

struct folder {
    char *path;
    int first, count;
};
struct work {
    pthread_t thread;
    long files, events;
};

static char **names;
static int name_count, name_room;
static struct folder *folders;
static int folder_count, folder_room;
static int next_folder;

static void check(int failed, const char *what) {
    if (!failed) return;
    fprintf(stderr, "tree: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static long parse(const unsigned char *bytes, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    long events = 0;
    int done = 0;
    check(!yaml_parser_initialize(&parser), "memory");
    yaml_parser_set_input_string(&parser, bytes, size);
    while (!done) {
        check(!yaml_parser_parse(&parser, &event), "a file that is no YAML");
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    return events;
}

// Collects the folders that hold files, with their files' names.
static void list(const char *path) {
    DIR *stream = opendir(path);
    struct dirent *entry;
    int first = name_count;
    char **inner = NULL;
    int inner_count = 0;
    check(stream == NULL, path);
    while ((entry = readdir(stream))) {
        if (entry->d_name[0] == '.') continue;
        if (entry->d_type == DT_DIR) {
            inner = realloc(inner, (inner_count + 1) * sizeof(char *));
            check(asprintf(&inner[inner_count++], "%s/%s", path, entry->d_name) < 0, "memory");
            continue;
        }
        if (name_count == name_room) names = realloc(names, (name_room = name_room * 2 + 1024) * sizeof(char *));
        names[name_count++] = strdup(entry->d_name);
    }
    closedir(stream);
    if (folder_count == folder_room) {
        folder_room = folder_room * 2 + 64;
        folders = realloc(folders, folder_room * sizeof *folders);
    }
    folders[folder_count++] = (struct folder){strdup(path), first, name_count - first};
    for (int index = 0; index < inner_count; index++) list(inner[index]);
}

static void *read_folders(void *context) {
    struct work *work = context;
    size_t room = 1 << 24;
    unsigned char *buffer = malloc(room);
    int index;
    while ((index = __atomic_fetch_add(&next_folder, 1, __ATOMIC_RELAXED)) < folder_count) {
        struct folder *folder = &folders[index];
        int parent = open(folder->path, O_RDONLY | O_DIRECTORY);
        check(parent < 0, folder->path);
        for (int number = folder->first; number < folder->first + folder->count; number++) {
            int file = openat(parent, names[number], O_RDONLY | O_NOFOLLOW);
            size_t size = 0;
            ssize_t count;
            check(file < 0, names[number]);
            while ((count = read(file, buffer + size, room - size)) > 0) size += count;
            check(count < 0, names[number]);
            close(file);
            work->events += parse(buffer, size);
            work->files++;
        }
        close(parent);
    }
    free(buffer);
    return NULL;
}

static void folder(const char *path, int threads) {
    struct work work[64] = {0};
    double start = now();
    long files = 0, events = 0;
    list(path);
    for (int index = 0; index < threads; index++)
        check(pthread_create(&work[index].thread, NULL, read_folders, &work[index]), "thread");
    for (int index = 0; index < threads; index++) {
        pthread_join(work[index].thread, NULL);
        files += work[index].files;
        events += work[index].events;
    }
    printf("{\"files\": %ld, \"events\": %ld, \"seconds\": %.6f}\n", files, events, now() - start);
}

static void batch(void) {
    size_t room = 1 << 26;
    unsigned char *buffer = malloc(room);
    char head[256];
    long files = 0, events = 0;
    double start = now();
    setvbuf(stdin, NULL, _IOFBF, 1 << 20);
    while (fgets(head, sizeof head, stdin)) {
        char object[80], type[16];
        size_t size;
        check(sscanf(head, "%79s %15s %zu", object, type, &size) != 3 || size > room, head);
        check(fread(buffer, 1, size, stdin) != size || getchar() != '\n', "a cut answer");
        events += parse(buffer, size);
        files++;
    }
    printf("{\"files\": %ld, \"events\": %ld, \"seconds\": %.6f}\n", files, events, now() - start);
}

int main(int count, char **arguments) {
    if (count == 4 && !strcmp(arguments[1], "folder") && atoi(arguments[3]) > 0 && atoi(arguments[3]) <= 64)
        folder(arguments[2], atoi(arguments[3]));
    else if (count == 2 && !strcmp(arguments[1], "batch"))
        batch();
    else
        check(errno = EINVAL, "tree folder FOLDER THREADS | tree batch");
    return 0;
}
