/*
 * libgit2 as Swift sees it: the floor on its version, and wrappers for what Swift cannot import (variadic functions).
 */
#ifndef KPI_LEDGER_CLIBGIT2_SHIM_H
#define KPI_LEDGER_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zlib.h>

#if LIBGIT2_VER_MAJOR < 1 || (LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 5)
#error "KPI Ledger needs libgit2 1.5 or newer (Debian: libgit2-dev)"
#endif

/* Whether loose objects, references and the directories they are in are flushed to the disk. For the process. */
static inline int kpi_git_set_fsync(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

/* A file that is on no disk and that no child inherits; its descriptor, or -1. */
static inline int kpi_memory_file(void) { return (int)syscall(SYS_memfd_create, "kpi", 1u); }

/* Whether an object's hash is computed again at every read. For the process. */
static inline int kpi_git_set_strict_hash_verification(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

/* How large blobs may be that are remembered, in bytes; none are otherwise. For the process. */
static inline int kpi_git_remember_blobs(size_t largest) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, (int)GIT_OBJECT_BLOB, largest);
}

/* Where configuration of one level is looked for; an empty path: nowhere. For the process. */
static inline int kpi_git_set_search_path(git_config_level_t level, const char *path) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, (int)level, path);
}

/* The folders, separated by colons, where configuration of one level is looked for; the caller disposes of the text. */
static inline int kpi_git_get_search_path(git_config_level_t level, git_buf *path) {
  return git_libgit2_opts(GIT_OPT_GET_SEARCH_PATH, (int)level, path);
}

/* Deflates bytes as git stores them; the room has to be kpi_deflated_bound. Gives the length, or 0 where it fails. */
static inline size_t kpi_deflate(const void *bytes, size_t count, void *out, size_t room, int level) {
  uLongf length = room;
  return compress2(out, &length, bytes, count, level) == Z_OK ? length : 0;
}

/* Has the system begin to write a file to the disk, where it can be told so; a flush later has less to wait for. */
static inline void kpi_begin_flush(int descriptor) {
#if defined(SYS_sync_file_range) && defined(__LP64__)
  syscall(SYS_sync_file_range, descriptor, 0L, 0L, 2U);
#endif
}

/* The room that deflated bytes may take. */
static inline size_t kpi_deflated_bound(size_t count) { return compressBound(count); }

#endif
