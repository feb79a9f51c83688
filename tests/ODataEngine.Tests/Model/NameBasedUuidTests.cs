using ODataEngine.Model;

namespace ODataEngine.Tests.Model;

/// <summary>UUIDs of version 8 (RFC 9562, 5.8).</summary>
public sealed class NameBasedUuidTests
{
    // SHA-256 of "service-offices events(officeId='malmo',number=1)", with version and variant set.
    [Fact]
    public void Create_SameNamespaceAndName_NeverChanges() =>
        Assert.Equal(Guid.Parse("55fd29d1-f358-89af-bfab-d18cf17ceb85"), NameBasedUuid.Create("service-offices", "events(officeId='malmo',number=1)"));
}
