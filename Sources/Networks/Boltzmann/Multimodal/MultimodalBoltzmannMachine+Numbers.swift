extension MultimodalBoltzmannMachine {
  /// What training changes, as named arrays: `ct.layer0.bias`, its features' biases; `ct.layer0.weights`,
  /// between them and the layer above; and so on, `joint.bias` last.
  public var numbers: [(name: String, shape: [Int], values: [Double])] {
    get {
      var all: [(name: String, shape: [Int], values: [Double])] = []
      for (modality, pathway) in zip(modalities, pathways) {
        for (place, layer) in pathway.enumerated() {
          let (name, bias) = ("\(modality.name).layer\(place)", machine.layers[layer].bias)
          all.append(("\(name).bias", [bias.count], bias))
          for connection in machine.connections where connection.first == layer {
            let columns = machine.layers[connection.second].bias.count
            all.append(("\(name).weights", [bias.count, columns], connection.weights))
          }
        }
      }
      let joint = machine.layers[jointLayer].bias
      return all + [("joint.bias", [joint.count], joint)]
    }
    set {
      let shapes = numbers.map(\.shape)
      precondition(
        newValue.map(\.shape) == shapes
          && newValue.allSatisfy { $0.values.count == $0.shape.reduce(1, *) },
        "arrays of the shapes \(newValue.map(\.shape)), expected \(shapes)")
      var values = newValue.map(\.values)[...]
      for pathway in pathways {
        for layer in pathway {
          machine.layers[layer].bias = values.removeFirst()
          for index in machine.connections.indices where machine.connections[index].first == layer {
            machine.connections[index].weights = values.removeFirst()
          }
        }
      }
      machine.layers[jointLayer].bias = values.removeFirst()
    }
  }
}
