import Networks
import Testing

struct PresenceTests {
  @Test func completeAndUniformSayItForEveryImage() {
    #expect(
      Presence.complete(modalities: 2, images: 3).isPresent
        == [[true, true, true], [true, true, true]])
    let some = Presence.uniform([true, false], images: 2)
    #expect(some.isPresent == [[true, true], [false, false]])
    #expect(some.images == 2)
  }
}
