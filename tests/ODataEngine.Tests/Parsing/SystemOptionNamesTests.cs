using ODataEngine.Parsing.Options;

namespace ODataEngine.Tests.Parsing;

public sealed class SystemOptionNamesTests
{
    [Fact]
    public void Names_EveryOption_AreUniqueLowerCaseAndRoundTrip()
    {
        var options = Enum.GetValues<SystemQueryOptions>().Where(option => int.IsPow2((int)option)).ToArray();

        Assert.Equal(SystemQueryOptionNames.Count, options.Length);
        foreach (var option in options)
        {
            var name = option.ToString();
            Assert.Equal('$' + name.ToLowerInvariant(), SystemQueryOptionNames.GetName(option));
            Assert.Equal(option, SystemQueryOptionNames.Find(name));
        }
    }

    [Theory]
    [InlineData(SystemQueryOptions.None)]
    [InlineData(SystemQueryOptions.RowShaping)]
    public void GetName_NoneOrSeveralFlags_Throws(object options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SystemQueryOptionNames.GetName((SystemQueryOptions)options));

    [Theory]
    [InlineData("")]
    [InlineData("$top")]
    [InlineData("tops")]
    public void Find_UnknownName_ReturnsNone(string name) => Assert.Equal(SystemQueryOptions.None, SystemQueryOptionNames.Find(name));
}
