// Convolutions of three taps along depth and height with a quarter of the products.

#pragma once

#include "../gather/gather.hpp"

namespace ckernels::winograd {

/// Whether a gather can go this way, and gains by it.
bool pays(const Gather &gather) noexcept;

/// Runs a gather that `pays` on all threads. Throws where there is no memory.
void run(const Gather &gather);

}  // namespace ckernels::winograd
