namespace ServiceOffices.Tests.Editing;

public sealed class SqliteImportTests : ImportContract;
