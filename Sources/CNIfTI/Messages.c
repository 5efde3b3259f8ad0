#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

static _Thread_local char message[256];

cnifti_status fail(cnifti_status status, const char *reason) {
  snprintf(message, sizeof message, "%s", reason);
  return status;
}

cnifti_status fail_as_system(cnifti_status status, const char *otherwise) {
  return fail(status, errno != 0 ? strerror(errno) : otherwise);
}

const char *cnifti_last_error(void) { return message; }
