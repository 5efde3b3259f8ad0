import Testing

@testable import chiasm

struct MachineTests {
  @Test func theFirstModelIsTheName() {
    let text = "processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz: fast\nmodel name\t: Other\n"
    #expect(Machine.name(in: text) == "Some CPU @ 2.0GHz: fast")
    #expect(Machine.name(in: "processor\t: 0\n") == nil)
  }

  @Test func thisMachineHasAName() { #expect(!Machine.name.isEmpty) }
}
