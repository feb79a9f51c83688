namespace ServiceOffices.Tests.Editing;

public sealed class SqliteEditingTests : EditingContract;
