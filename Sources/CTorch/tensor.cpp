// Making tensors, reading them, and facts about them.

#include <cstring>

#include "guard.hpp"

using namespace ctorch;

at::ScalarType ctorch::scalar_type(int type) {
  switch (type) {
    case CTORCH_FLOAT32: return at::kFloat;
    case CTORCH_FLOAT64: return at::kDouble;
    case CTORCH_INT64: return at::kLong;
    case CTORCH_UINT8: return at::kByte;
    default: TORCH_CHECK(false, "there is no scalar type with the number ", type);
  }
}

at::Device ctorch::device(int number) {
  if (number == CTORCH_CPU) return at::Device(at::kCPU);
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(number));
}

void ctorch_free(ctorch_tensor *tensor) { delete tensor; }

int ctorch_from_data(ctorch_tensor **result, const void *data, int type, const ptrdiff_t *shape,
                     ptrdiff_t rank) {
  return computed(result, [&] {
    at::Tensor tensor = at::empty(lengths(shape, rank), scalar_type(type));
    if (tensor.numel() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    return tensor;
  });
}

int ctorch_filled(ctorch_tensor **result, double value, const ptrdiff_t *shape, ptrdiff_t rank,
                  int type, int number) {
  return computed(result, [&] {
    const auto options = at::TensorOptions().dtype(scalar_type(type)).device(device(number));
    return at::full(lengths(shape, rank), value, options);
  });
}

ptrdiff_t ctorch_rank(const ctorch_tensor *tensor) { return tensor->value.dim(); }

ptrdiff_t ctorch_length(const ctorch_tensor *tensor, ptrdiff_t axis) {
  return tensor->value.sizes()[static_cast<size_t>(axis)];
}

ptrdiff_t ctorch_count(const ctorch_tensor *tensor) { return tensor->value.numel(); }

int ctorch_type_of(const ctorch_tensor *tensor) {
  switch (tensor->value.scalar_type()) {
    case at::kFloat: return CTORCH_FLOAT32;
    case at::kDouble: return CTORCH_FLOAT64;
    case at::kLong: return CTORCH_INT64;
    case at::kByte: return CTORCH_UINT8;
    default: return -1;
  }
}

int ctorch_device_of(const ctorch_tensor *tensor) {
  const at::Device device = tensor->value.device();
  return device.is_cpu() ? static_cast<int>(CTORCH_CPU) : device.index();
}

int ctorch_readable(ctorch_tensor **result, const ctorch_tensor *input, int type) {
  return computed(result, [&] {
    return input->value.detach().to(device(CTORCH_CPU), scalar_type(type)).contiguous();
  });
}

const void *ctorch_data(const ctorch_tensor *tensor) { return tensor->value.data_ptr(); }

int ctorch_item(double *result, const ctorch_tensor *tensor) {
  return guarded([&] { *result = tensor->value.item().toDouble(); });
}

int ctorch_converted(ctorch_tensor **result, const ctorch_tensor *input, int type, int number) {
  return computed(result, [&] { return input->value.to(device(number), scalar_type(type)); });
}

int ctorch_copied(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] { return input->value.clone(at::MemoryFormat::Contiguous); });
}
