import ArgumentParser
import KPICommands

@main
struct Entry {
  static func main() async {
    await KPICommand.run()
  }
}
