using ServiceOffices.Queries;

namespace ServiceOffices.Tests.Queries;

public sealed class SystemOptionNamesTests
{
    [Fact]
    public void Names_OfEveryOption_AreItsOwnInLowerCaseAndFindIt()
    {
        var options = Enum.GetValues<SystemOptions>().Where(option => int.IsPow2((int)option)).ToArray();

        Assert.Equal(SystemOptionNames.Count, options.Length);
        foreach (var option in options)
        {
            var name = option.ToString();
            Assert.Equal('$' + name.ToLowerInvariant(), SystemOptionNames.NameOf(option));
            Assert.Equal(option, SystemOptionNames.Find(name));
        }
    }

    [Theory]
    [InlineData(SystemOptions.None)]
    [InlineData(SystemOptions.Shape)]
    public void Name_OfNoneOrSeveral_IsAnError(object options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SystemOptionNames.NameOf((SystemOptions)options));

    [Theory]
    [InlineData("")]
    [InlineData("$top")]
    [InlineData("tops")]
    public void Name_OfNoOption_FindsNone(string name) => Assert.Equal(SystemOptions.None, SystemOptionNames.Find(name));
}
