using ODataEngine.Model;

namespace ODataEngine.Tests.Model;

public sealed class EntityUrlTests
{
    [Theory]
    [InlineData("torsby", "offices('torsby')")]
    [InlineData("O'Neil/å b", "offices('O%27%27Neil%2F%C3%A5%20b')")] // OData 4.01 Part 2, 5.1.1.14.1: a quote is doubled
    [InlineData("", "offices('')")]
    public void Format_StringKey_IsQuotedAndEscaped(string id, string expected) =>
        Assert.Equal(expected, EntityUrl.Format("offices", ("id", id)));

    [Fact]
    public void Format_IntegerKey_HasNoName() => Assert.Equal("changes(17)", EntityUrl.Format("changes", ("sequence", 17L)));

    [Fact]
    public void Format_KeyOfTwoParts_NamesBoth() =>
        Assert.Equal("events(officeId='torsby',number=2)", EntityUrl.Format("events", ("officeId", "torsby"), ("number", 2)));

    [Fact]
    public void Format_Row_EqualsFormatOfItsKey()
    {
        var type = new StructuredType("Test", "Event", [new Property("officeId", PrimitiveType.String, nullable: false), new Property("number", PrimitiveType.Int32, nullable: false)], ["officeId", "number"]);
        var table = new Table(type, 1, [new ValueColumn<string>(type.Properties[0], ["it's"], null), new ValueColumn<int>(type.Properties[1], [2], null)]);

        Assert.Equal("events(officeId='it%27%27s',number=2)", EntityUrl.Format("events", table, 0));
        Assert.Equal(EntityUrl.Format("events", ("officeId", "it's"), ("number", 2)), EntityUrl.Format("events", table, 0));
    }
}
