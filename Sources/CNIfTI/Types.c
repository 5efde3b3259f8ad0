#include <stdio.h>

#include "internal.h"

int32_t cnifti_bytes_per_number(int32_t datatype) {
  switch (datatype) {
    case DT_UINT8:
    case DT_INT8:
      return 1;
    case DT_INT16:
    case DT_UINT16:
      return 2;
    case DT_INT32:
    case DT_UINT32:
    case DT_FLOAT32:
      return 4;
    case DT_INT64:
    case DT_UINT64:
    case DT_FLOAT64:
      return 8;
    default:
      return 0;
  }
}

const char *cnifti_type_name(int32_t datatype) {
  static _Thread_local char name[32];
  switch (datatype) {
    case DT_UINT8: return "uint8";
    case DT_INT8: return "int8";
    case DT_INT16: return "int16";
    case DT_UINT16: return "uint16";
    case DT_INT32: return "int32";
    case DT_UINT32: return "uint32";
    case DT_INT64: return "int64";
    case DT_UINT64: return "uint64";
    case DT_FLOAT32: return "float32";
    case DT_FLOAT64: return "float64";
    case DT_FLOAT128: return "float128";
    case DT_COMPLEX64: return "complex64";
    case DT_COMPLEX128: return "complex128";
    case DT_COMPLEX256: return "complex256";
    case DT_RGB24: return "RGB24";
    case DT_RGBA32: return "RGBA32";
    case DT_BINARY: return "binary";
    default:
      snprintf(name, sizeof name, "unknown type %d", datatype);
      return name;
  }
}

#define WIDEN(type)                                                     \
  do {                                                                  \
    const type *source = (const type *)numbers;                         \
    for (int64_t i = 0; i < count; ++i) values[i] = (double)source[i];  \
  } while (0)

void widen(const void *numbers, int32_t datatype, double *values, int64_t count) {
  switch (datatype) {
    case DT_UINT8: WIDEN(uint8_t); break;
    case DT_INT8: WIDEN(int8_t); break;
    case DT_INT16: WIDEN(int16_t); break;
    case DT_UINT16: WIDEN(uint16_t); break;
    case DT_INT32: WIDEN(int32_t); break;
    case DT_UINT32: WIDEN(uint32_t); break;
    case DT_INT64: WIDEN(int64_t); break;
    case DT_UINT64: WIDEN(uint64_t); break;
    case DT_FLOAT32: WIDEN(float); break;
    case DT_FLOAT64: WIDEN(double); break;
    default: break;
  }
}
