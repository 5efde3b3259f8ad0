#include "include/CGDCM.h"

#include <cstring>
#include <exception>

#include <gdcm-3.0/gdcmDataElement.h>
#include <gdcm-3.0/gdcmJPEG2000Codec.h>
#include <gdcm-3.0/gdcmJPEGCodec.h>
#include <gdcm-3.0/gdcmJPEGLSCodec.h>
#include <gdcm-3.0/gdcmRLECodec.h>
#include <gdcm-3.0/gdcmSequenceOfFragments.h>

#include "messages.hpp"

namespace {

/// The picture as GDCM wants it: a sequence with one fragment.
gdcm::DataElement element(const cgdcm_picture &picture) {
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char *>(picture.bytes),
                        static_cast<uint32_t>(picture.count));
  gdcm::SmartPointer<gdcm::SequenceOfFragments> fragments = new gdcm::SequenceOfFragments;
  fragments->AddFragment(fragment);
  gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
  element.SetVR(gdcm::VR::OB);
  element.SetValue(*fragments);
  return element;
}

uint16_t allocated_bits(const cgdcm_picture &picture) { return picture.precision <= 8 ? 8 : 16; }

gdcm::PixelFormat format(const cgdcm_picture &picture) {
  const uint16_t bits = allocated_bits(picture);
  const auto samples = static_cast<uint16_t>(picture.samples);
  // JPEG 2000 compares the bits that are used; the others want all bits of a number to be in use.
  const auto stored =
      picture.codec == CGDCM_JPEG_2000 ? static_cast<uint16_t>(picture.precision) : bits;
  return gdcm::PixelFormat(samples, bits, stored, static_cast<uint16_t>(stored - 1),
                           picture.is_signed ? 1 : 0);
}

/// Tells a codec what it needs to know. No codec is asked to convert colours.
void prepare(gdcm::ImageCodec &codec, const cgdcm_picture &picture) {
  const unsigned int dimensions[3] = {static_cast<unsigned int>(picture.columns),
                                      static_cast<unsigned int>(picture.rows), 1};
  codec.SetNumberOfDimensions(2);
  codec.SetDimensions(dimensions);
  codec.SetPlanarConfiguration(0);
  const bool is_grey = picture.samples == 1;
  codec.SetPhotometricInterpretation(is_grey ? gdcm::PhotometricInterpretation::MONOCHROME2
                                             : gdcm::PhotometricInterpretation::RGB);
  codec.SetPixelFormat(format(picture));
}

/// Lets one choose among GDCM's three libjpegs, for 8, 12 and 16 bits.
class JPEGCodec : public gdcm::JPEGCodec {
 public:
  using gdcm::JPEGCodec::SetBitSample;
};

bool decode_jpeg(const cgdcm_picture &picture, gdcm::DataElement &result) {
  JPEGCodec codec;
  prepare(codec, picture);
  codec.SetBitSample(picture.precision);
  return codec.Decode(element(picture), result);
}

bool decode_jpeg_ls(const cgdcm_picture &picture, gdcm::DataElement &result) {
  gdcm::JPEGLSCodec codec;
  prepare(codec, picture);
  return codec.Decode(element(picture), result);
}

bool decode_jpeg_2000(const cgdcm_picture &picture, gdcm::DataElement &result) {
  gdcm::JPEG2000Codec codec;
  prepare(codec, picture);
  // The caller decodes several pictures at a time.
  codec.SetNumberOfThreadsForDecompression(0);
  return codec.Decode(element(picture), result);
}

bool decode_rle(const cgdcm_picture &picture, size_t capacity, gdcm::DataElement &result) {
  gdcm::RLECodec codec;
  prepare(codec, picture);
  codec.SetBufferLength(capacity);
  return codec.Decode(element(picture), result);
}

bool decode(const cgdcm_picture &picture, size_t capacity, gdcm::DataElement &result) {
  switch (picture.codec) {
    case CGDCM_RLE: return decode_rle(picture, capacity, result);
    case CGDCM_JPEG: return decode_jpeg(picture, result);
    case CGDCM_JPEG_LS: return decode_jpeg_ls(picture, result);
    case CGDCM_JPEG_2000: return decode_jpeg_2000(picture, result);
  }
  return false;
}

/// Decodes and copies; whatever a decoder has complained about is a failure.
int32_t fill(const cgdcm_picture &picture, uint8_t *pixels, size_t capacity) {
  gdcm::DataElement result;
  const bool is_decoded = decode(picture, capacity, result);
  const gdcm::ByteValue *value = is_decoded ? result.GetByteValue() : nullptr;
  if (cgdcm::remembered()[0] != '\0') return 1;
  if (value == nullptr) {
    cgdcm::remember("the data are damaged");
    return 1;
  }
  if (value->GetLength() != capacity) {
    cgdcm::remember("the data end before the last row");
    return 1;
  }
  std::memcpy(pixels, value->GetPointer(), capacity);
  return 0;
}

}  // namespace

extern "C" int32_t cgdcm_decode(const cgdcm_picture *picture, uint8_t *pixels, size_t capacity) {
  cgdcm::forget();
  try {
    cgdcm::silence();
    return fill(*picture, pixels, capacity);
  } catch (const std::exception &error) {
    cgdcm::remember(error.what());
  } catch (...) {
    cgdcm::remember("GDCM threw something that is not a std::exception");
  }
  return 1;
}

extern "C" const char *cgdcm_last_error(void) { return cgdcm::remembered(); }
