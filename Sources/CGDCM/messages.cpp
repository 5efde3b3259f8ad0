// GDCM prints what its decoders complain about on standard error, in three ways. Its own messages are
// switched off. Those of libjpeg and OpenJPEG go through two functions of GDCM's shared libraries;
// this file defines functions of the same names, which the dynamic linker finds first.

#include "messages.hpp"

#include <cstdio>
#include <cstring>

#include <dlfcn.h>

#include <gdcm-3.0/gdcmTrace.h>

namespace cgdcm {

namespace {

thread_local char message[256];

}  // namespace

void forget() noexcept { message[0] = '\0'; }

void remember(const char *text) noexcept {
  if (message[0] != '\0' || text == nullptr) return;
  std::snprintf(message, sizeof message, "%s", text);
  for (size_t end = std::strlen(message); end > 0; --end) {
    const char last = message[end - 1];
    if (last != '\n' && last != '.' && last != ' ') break;
    message[end - 1] = '\0';
  }
}

const char *remembered() noexcept { return message; }

void silence() {
  static const bool once = [] {
    gdcm::Trace::DebugOff();
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    return true;
  }();
  (void)once;
}

/// The beginning of libjpeg's `jpeg_error_mgr`: the functions that an application may replace.
struct jpeg_errors {
  void (*exit)(void *decoder);
  void (*emit)(void *decoder, int level);
  void (*output)(void *decoder);
  void (*format)(void *decoder, char *buffer);
};

/// The beginning of libjpeg's decoder: a pointer to its error functions.
struct jpeg_decoder {
  jpeg_errors *errors;
};

void keep_jpeg_message(void *decoder) {
  char text[256] = "";
  static_cast<jpeg_decoder *>(decoder)->errors->format(decoder, text);
  remember(text);
}

/// Warnings have levels below zero; the rest is of no interest. GDCM asserts that there are none
/// while the header is read, so they are not counted where it looks.
void keep_jpeg_warning(void *decoder, int level) {
  if (level < 0) keep_jpeg_message(decoder);
}

/// Calls GDCM's own function of the name, and takes over where it would print.
jpeg_errors *standard_errors(const char *name, jpeg_errors *errors) {
  using function = jpeg_errors *(*)(jpeg_errors *);
  const auto original = reinterpret_cast<function>(dlsym(RTLD_NEXT, name));
  if (original == nullptr) return errors;
  jpeg_errors *filled = original(errors);
  filled->emit = keep_jpeg_warning;
  filled->output = keep_jpeg_message;
  return filled;
}

}  // namespace cgdcm

extern "C" {

// libjpeg is built into GDCM three times, for 8, 12 and 16 bits.
cgdcm::jpeg_errors *gdcmjpeg8_jpeg_std_error(cgdcm::jpeg_errors *errors) {
  return cgdcm::standard_errors("gdcmjpeg8_jpeg_std_error", errors);
}

cgdcm::jpeg_errors *gdcmjpeg12_jpeg_std_error(cgdcm::jpeg_errors *errors) {
  return cgdcm::standard_errors("gdcmjpeg12_jpeg_std_error", errors);
}

cgdcm::jpeg_errors *gdcmjpeg16_jpeg_std_error(cgdcm::jpeg_errors *errors) {
  return cgdcm::standard_errors("gdcmjpeg16_jpeg_std_error", errors);
}

}  // extern "C"

namespace gdcm {

// OpenJPEG's errors.
void gdcm_error_callback(const char *text, void *) { cgdcm::remember(text); }

}  // namespace gdcm
