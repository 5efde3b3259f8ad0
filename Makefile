# What a person types. Everything else is in scripts/.
#
# Build and test share one configuration, so that nothing is compiled twice: optimized, because
# numeric code without optimization is slow, and testable.
FLAGS := -c release -Xswiftc -enable-testing

.PHONY: demo test build check clean packages

# The whole way on synthetic patients: search, train, predict, evaluate.
demo: build
	scripts/demo

# Installs what is missing, builds, tests.
test: packages
	swift test $(FLAGS)

# Builds the program: .build/release/chiasm
build: packages
	swift build $(FLAGS) --product chiasm

# Everything that must hold before a change is handed in.
check: packages
	scripts/check

# Removes what was built and what the demo left.
clean:
	rm -rf .build demo

packages:
	@scripts/install-packages
