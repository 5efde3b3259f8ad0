// Soft Dice plus cross-entropy, in one pass over the logits, and its gradient in a second.
//
// On 64³ voxels × 2 × 4 classes a pass reads 8.4 MB and takes 2 million exponentials: arithmetic and
// memory cost about the same, so neither pass would gain from keeping the softmax. With 16 classes the
// exponentials win: 11 GB/s and 18 on two cores of a Zen 5.

#include <string>
#include <vector>

#include "../guard.hpp"
#include "../parallel.hpp"
#include "precise.hpp"
#include "vectors.hpp"

using namespace ckernels;

namespace {

CKERNELS_AVX2 uint64_t add_up_avx2(const Piece &piece, const Sums &sums) {
  return add_up(piece, sums);
}

uint64_t add_up_portable(const Piece &piece, const Sums &sums) { return add_up(piece, sums); }

CKERNELS_AVX2 void derive_avx2(const Piece &piece, const Slopes &slopes, float *gradient) {
  derive(piece, slopes, gradient);
}

void derive_portable(const Piece &piece, const Slopes &slopes, float *gradient) {
  derive(piece, slopes, gradient);
}

int64_t pieces(const ckernels_scores &scores) { return scores.images * Piece::per_image(scores); }

void check(const ckernels_scores &scores) {
  require(scores.images > 0 && scores.voxels > 0, "there are no voxels");
  require(scores.classes >= 2 && scores.classes <= CKERNELS_MOST_CLASSES,
          "the logits need 2 to 256 classes");
  require(!scores.is_blocked || !scores.is_double, "blocked logits are float32");
}

/// The sums of every piece, one after the other.
std::vector<double> all_sums(const ckernels_scores &scores) {
  const int64_t width = Sums::count(scores.classes);
  std::vector<double> numbers(static_cast<size_t>(pieces(scores) * width));
  std::vector<uint64_t> most(static_cast<size_t>(pieces(scores)));
  const bool is_fast = uses_avx2();
  parallel(pieces(scores), [&](int64_t index) {
    const Piece piece(scores, index);
    const Sums sums(&numbers[static_cast<size_t>(index * width)], scores.classes);
    most[static_cast<size_t>(index)] = scores.is_double ? PreciseLoss(piece).add_up(sums)
                                       : is_fast        ? add_up_avx2(piece, sums)
                                                        : add_up_portable(piece, sums);
  });
  const uint64_t label = *std::max_element(most.begin(), most.end());
  if (label >= static_cast<uint64_t>(scores.classes)) {
    throw std::invalid_argument("the label " + std::to_string(static_cast<int64_t>(label)) +
                                " is not one of " + std::to_string(scores.classes) + " classes");
  }
  return numbers;
}

/// Adds up the pieces of each group of images, in their order: one row of sums per group.
std::vector<double> rows_of_sums(const ckernels_scores &scores, bool joins_images) {
  const std::vector<double> parts = all_sums(scores);
  const int64_t width = Sums::count(scores.classes);
  std::vector<double> rows(static_cast<size_t>((joins_images ? 1 : scores.images) * width));
  for (int64_t index = 0; index < pieces(scores); ++index) {
    const int64_t row = joins_images ? 0 : Piece(scores, index).image;
    for (int64_t i = 0; i < width; ++i) {
      rows[static_cast<size_t>(row * width + i)] += parts[static_cast<size_t>(index * width + i)];
    }
  }
  return rows;
}

/// Returns the sum of 1 − Dice over a row's classes times `weight`, with its slopes.
double dice_loss(const Sums &sums, int64_t classes, const ckernels_dice &dice, double weight,
                 double *predicted, double *shared) {
  double loss = 0;
  predicted[0] = shared[0] = 0;
  for (int64_t c = 1; c < classes; ++c) {
    const double above = 2 * sums.shared[c] + dice.numerator;
    const double size = sums.predicted[c] + sums.labels[c] + dice.denominator;
    const double below = size < 1e-8 ? 1e-8 : size;
    loss += weight * (1 - above / below);
    predicted[c] = size < 1e-8 ? 0 : weight * above / (below * below);
    shared[c] = -2 * weight / below;
  }
  return loss;
}

}  // namespace

int ckernels_loss(double *loss, double *slopes, const ckernels_scores *scores, ckernels_dice dice) {
  return guarded([&] {
    check(*scores);
    const int64_t classes = scores->classes;
    const bool joins = dice.joins_images != 0;
    std::vector<double> rows = rows_of_sums(*scores, joins);
    const int64_t groups = joins ? 1 : scores->images;
    const double weight = 1 / static_cast<double>(groups * (classes - 1));
    double entropy = 0, total = 0;
    for (int64_t image = 0; image < scores->images; ++image) {
      double *const predicted = slopes + image * 2 * classes;
      if (joins && image > 0) {
        std::copy_n(slopes, 2 * classes, predicted);
        continue;
      }
      const Sums sums(&rows[static_cast<size_t>(image * Sums::count(classes))], classes);
      entropy += *sums.entropy;
      total += dice_loss(sums, classes, dice, weight, predicted, predicted + classes);
    }
    *loss = entropy / static_cast<double>(scores->images * scores->voxels) + total;
  });
}

int ckernels_loss_gradient(void *gradient, const ckernels_scores *scores, const double *slopes,
                           double factor) {
  return guarded([&] {
    check(*scores);
    const int64_t width = 2 * scores->classes;
    std::vector<double> scaled(slopes, slopes + scores->images * width);
    for (double &slope : scaled) slope *= factor;
    const double entropy = factor / static_cast<double>(scores->images * scores->voxels);
    const bool is_fast = uses_avx2();
    parallel(pieces(*scores), [&](int64_t index) {
      const Piece piece(*scores, index);
      const double *predicted = &scaled[static_cast<size_t>(piece.image * width)];
      const Slopes own{entropy, predicted, predicted + scores->classes};
      if (scores->is_double) {
        return PreciseLoss(piece).derive(own, static_cast<double *>(gradient) + piece.base());
      }
      float *const target = static_cast<float *>(gradient) + piece.base();
      is_fast ? derive_avx2(piece, own, target) : derive_portable(piece, own, target);
    });
  });
}
