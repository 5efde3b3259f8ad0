// Making tensors, reading them, and facts about them.

#include <cstring>

#include "blocked/layout.hpp"
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

ptrdiff_t ctorch_rank(const ctorch_tensor *tensor) {
  return tensor->storage.dim() - (is_blocked(tensor) ? 1 : 0);
}

ptrdiff_t ctorch_length(const ctorch_tensor *tensor, ptrdiff_t axis) {
  if (is_blocked(tensor) && axis == 1) return tensor->channels;
  return tensor->storage.sizes()[static_cast<size_t>(axis)];
}

ptrdiff_t ctorch_count(const ctorch_tensor *tensor) {
  const ptrdiff_t count = tensor->storage.numel();
  if (!is_blocked(tensor)) return count;
  return count / (tensor->storage.size(1) * CKERNELS_BLOCK) * tensor->channels;
}

int ctorch_type_of(const ctorch_tensor *tensor) {
  switch (tensor->storage.scalar_type()) {
    case at::kFloat: return CTORCH_FLOAT32;
    case at::kDouble: return CTORCH_FLOAT64;
    case at::kLong: return CTORCH_INT64;
    case at::kByte: return CTORCH_UINT8;
    default: return -1;
  }
}

int ctorch_device_of(const ctorch_tensor *tensor) {
  const at::Device device = tensor->storage.device();
  return device.is_cpu() ? static_cast<int>(CTORCH_CPU) : device.index();
}

int ctorch_is_blocked(const ctorch_tensor *tensor) { return is_blocked(tensor); }

int ctorch_readable(ctorch_tensor **result, const ctorch_tensor *input, int type) {
  return computed(result, [&] {
    return plain(input).detach().to(device(CTORCH_CPU), scalar_type(type)).contiguous();
  });
}

const void *ctorch_data(const ctorch_tensor *tensor) { return tensor->storage.data_ptr(); }

int ctorch_item(double *result, const ctorch_tensor *tensor) {
  return guarded([&] { *result = plain(tensor).item().toDouble(); });
}

int ctorch_converted(ctorch_tensor **result, const ctorch_tensor *input, int type, int number) {
  return computed(result, [&]() -> ctorch_tensor {
    if (is_blocked(input) && type == CTORCH_FLOAT32 && number == CTORCH_CPU) return *input;
    return {plain(input).to(device(number), scalar_type(type))};
  });
}

int ctorch_copied(ctorch_tensor **result, const ctorch_tensor *input) {
  return computed(result, [&] {
    return ctorch_tensor{input->storage.clone(at::MemoryFormat::Contiguous), input->channels};
  });
}
