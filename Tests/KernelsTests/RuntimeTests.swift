import CKernels
import Testing

extension KernelTests {
  struct RuntimeTests {
    @Test func avx2CanBeTurnedOffAndOnAgain() {
      let before = ckernels_uses_avx2()
      ckernels_allow_avx2(0)
      #expect(ckernels_uses_avx2() == 0)
      ckernels_allow_avx2(1)
      #expect(ckernels_uses_avx2() == before)
    }

    @Test func avx512NeedsAVX2AndCanBeTurnedOffAndOnAgain() {
      let before = ckernels_uses_avx512()
      ckernels_allow_avx512(0)
      #expect(ckernels_uses_avx512() == 0)
      ckernels_allow_avx512(1)
      #expect(ckernels_uses_avx512() == before)
      ckernels_allow_avx2(0)
      #expect(ckernels_uses_avx512() == 0)
      ckernels_allow_avx2(1)
    }

    @Test func atLeastOneThreadComputes() {
      let before = ckernels_threads()
      #expect(before >= 1)
      ckernels_set_threads(0)
      #expect(ckernels_threads() == 1)
      ckernels_set_threads(before)
      #expect(ckernels_threads() == before)
    }
  }
}
