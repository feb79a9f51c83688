using System.Reflection;

namespace ODataEngine.Tests;

public sealed class ODataErrorCodesTests
{
    [Fact]
    public void All_ContainsEachConstantInAlphabeticalOrder()
    {
        var constants = typeof(ODataErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).ToList();

        Assert.All(constants, field => Assert.Equal(field.Name, field.GetRawConstantValue()));
        Assert.Equal(constants.Select(field => field.Name).Order(StringComparer.Ordinal), ODataErrorCodes.All.Select(error => error.Code));
    }
}
