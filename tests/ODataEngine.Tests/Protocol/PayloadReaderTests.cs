using System.Text;
using System.Text.RegularExpressions;
using Microsoft.OData;
using Microsoft.Spatial;
using ODataEngine.Model;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.ODataFuzz.Payloads;

namespace ODataEngine.Tests.Protocol;

/// <summary>
/// <see cref="PayloadReader"/> reads the examples of OData JSON Format 4.01 (cited, reduced to a small model) and rejects payloads that violate it.
/// </summary>
public sealed class PayloadReaderTests
{
    private const string Root = "http://host/service/";

    private static readonly StructuredType Address = new(
        "ODataDemo", "Address", [new("Street", PrimitiveType.String, nullable: true), new("City", PrimitiveType.String, nullable: true)], []);

    private static readonly StructuredType Order = new(
        "ODataDemo", "Order",
        [
            new("ID", PrimitiveType.Int32, nullable: false),
            new("Amount", PrimitiveType.Decimal, nullable: true),
        ], ["ID"]);

    private static readonly StructuredType Customer = new(
        "ODataDemo", "Customer",
        [
            new("ID", PrimitiveType.String, nullable: false),
            new("CompanyName", PrimitiveType.String, nullable: true),
            new("Address", Address, nullable: true),
            new("EmailAddresses", new CollectionType(PrimitiveType.String), nullable: false),
            new("Addresses", new CollectionType(Address), nullable: false),
            new("Rank", PrimitiveType.Int64, nullable: true),
            new("Location", PrimitiveType.Get(PrimitiveKind.GeographyPoint), nullable: true),
            new("Orders", "Orders", () => new CollectionType(Order), nullable: false),
            new("Latest", "Orders", () => Order, nullable: true),
        ], ["ID"]);

    private static readonly EntityModel Model = new("ODataDemo", [Set("Customers", Customer), Set("Orders", Order)]);

    private static readonly PayloadReader Reader = new(EdmModelBuilder.Build(Model), new Uri(Root));

    // 5: Service Document.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void ServiceDocument_Sets_AreRead(string version)
    {
        var message = Message(version, """{"@context":"http://host/service/$metadata","value":[{"name":"Orders","kind":"EntitySet","url":"Orders"}]}""");

        Assert.Equal([new("Orders", new Uri("http://host/service/Orders"))], Reader.ServiceDocument(message));
    }

    // 4.5, 13: collection of entities, with a count and a link to the next page.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void Entities_CountAndNextLink_AreRead(string version)
    {
        var message = Message(version, """
            {"@context":"http://host/service/$metadata#Customers","@count":37,"value":[
              {"ID":"ALFKI","Address":{"Street":"Obere Str. 57","City":null},"EmailAddresses":["a at b","c at d"],"Rank":5,
               "Location":{"type":"Point","coordinates":[18.07,59.33]}},
              {"ID":"ANATR","Address":null,"Addresses":[{"Street":"x","City":"y"}]}],
             "@nextLink":"Customers?$skiptoken=2"}
            """);

        var customers = Reader.Entities(message);

        Assert.Equal(37, customers.Count);
        Assert.Equal(new Uri("http://host/service/Customers?$skiptoken=2"), customers.NextLink);
        var first = customers.Resources.First();
        Assert.Equal("ODataDemo.Customer", first.Type);
        Assert.Equal("Obere Str. 57", ((PayloadResource)first["Address"]!)["Street"]);
        Assert.Equal(["a at b", "c at d"], ((PayloadCollection)first["EmailAddresses"]!).Items);
        Assert.Equal(5L, first["Rank"]);
        Assert.Equal(59.33, ((GeographyPoint)first["Location"]!).Latitude);
        var second = customers.Resources.Last();
        Assert.Null(second["Address"]);
        Assert.Equal("y", ((PayloadCollection)second["Addresses"]!).Resources.Single()["City"]);
    }

    // 6: Entity; 8.3: expanded navigation properties.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void Entity_Expanded_IsReadWithItsCount(string version)
    {
        var message = Message(version, """
            {"@context":"http://host/service/$metadata#Customers(ID,Orders(ID),Latest())/$entity",
             "ID":"ALFKI","Orders@count":42,"Orders":[{"ID":10643}],"Latest":null}
            """);

        var customer = Reader.Entity(message);

        Assert.Equal(42, customer.Counts["Orders"]);
        Assert.Equal(10643, ((PayloadCollection)customer["Orders"]!).Resources.Single()["ID"]);
        Assert.Null(customer["Latest"]);
        Assert.False(customer.Values.ContainsKey("CompanyName"));
    }

    // 3.1.2: metadata=full.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void Entity_FullMetadata_IsReadWithItsLinks(string version)
    {
        var message = Message(version, """
            {"@context":"http://host/service/$metadata#Customers/$entity","@type":"#ODataDemo.Customer","@id":"Customers('ALFKI')",
             "@etag":"W/\"MjAx\"","ID":"ALFKI","Rank@type":"#Int64","Rank":7,"EmailAddresses@type":"#Collection(String)","EmailAddresses":[],
             "Orders@associationLink":"Customers('ALFKI')/Orders/$ref","Orders@navigationLink":"Customers('ALFKI')/Orders"}
            """, "full");

        var customer = Reader.Entity(message);

        Assert.Equal(new Uri("http://host/service/Customers('ALFKI')"), customer.Id);
        Assert.Equal("W/\"MjAx\"", customer.ETag);
        Assert.Equal(7L, customer["Rank"]);
        Assert.Equal(new Uri("http://host/service/Customers('ALFKI')/Orders"), customer.Links["Orders"]);
    }

    // 3.1.3: metadata=none keeps nextLink and count only.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void Entities_NoMetadata_AreReadByTheirContext(string version)
    {
        var message = Message(version, """{"@count":1,"value":[{"ID":"ALFKI"}]}""", "none");

        var customers = Reader.Entities(message.WithContext("http://host/service/$metadata#Customers"));

        Assert.Equal(1, customers.Count);
        Assert.Equal("ALFKI", customers.Resources.Single()["ID"]);
    }

    [Fact]
    public void Read_ControlInformationForbiddenByNone_Throws()
    {
        var message = Message("4.0", """{"value":[{"@id":"Customers('ALFKI')","ID":"ALFKI"}]}""", "none");

        var error = Assert.Throws<InvalidOperationException>(() => message.WithContext("http://host/service/$metadata#Customers"));

        Assert.Equal("metadata=none allows no '@odata.id'.", error.Message);
    }

    // 11: individual property or operation response.
    [Theory]
    [InlineData("CompanyName", "\"value\":\"Alfreds Futterkiste\"", "Alfreds Futterkiste")]
    [InlineData("Rank", "\"value\":5", 5L)]
    public void Property_SingleValue_IsRead(string property, string members, object expected)
    {
        var message = Message("4.01", $$"""{"@context":"http://host/service/$metadata#Customers('ALFKI')/{{property}}",{{members}}}""");

        Assert.Equal(expected, Reader.Property(message, "ODataDemo.Customer", property));
    }

    [Fact]
    public void Property_ComplexValue_IsRead()
    {
        var message = Message("4.0", """{"@context":"http://host/service/$metadata#Customers('ALFKI')/Address","Street":"Obere Str. 57","City":null}""");

        var address = (PayloadResource)Reader.Property(message, "ODataDemo.Customer", "Address")!;

        Assert.Equal("Obere Str. 57", address["Street"]);
        Assert.Null(address["City"]);
    }

    [Fact]
    public void Property_Collections_AreRead()
    {
        var values = Message("4.01", """{"@context":"http://host/service/$metadata#Customers('ALFKI')/EmailAddresses","@count":1,"value":["a at b"]}""");
        var parts = Message("4.01", """{"@context":"http://host/service/$metadata#Customers('ALFKI')/Addresses","value":[{"Street":"x","City":"y"}]}""");

        Assert.Equal(["a at b"], ((PayloadCollection)Reader.Property(values, "ODataDemo.Customer", "EmailAddresses")!).Items);
        Assert.Equal("x", ((PayloadCollection)Reader.Property(parts, "ODataDemo.Customer", "Addresses")!).Resources.Single()["Street"]);
    }

    // 3.2: IEEE754Compatible.
    [Fact]
    public void Property_NumberAsString_IsReadOnlyIfIeee754Compatible()
    {
        var message = Message("4.0", """{"@context":"http://host/service/$metadata#Customers('ALFKI')/Rank","value":"5"}""");

        Assert.Equal(5L, Reader.Property(message with { ContentType = message.ContentType + ";IEEE754Compatible=true" }, "ODataDemo.Customer", "Rank"));
        Assert.Throws<ODataException>(() => Reader.Property(message, "ODataDemo.Customer", "Rank"));
    }

    // 14: entity references.
    [Fact]
    public void References_OneAndMany_AreRead()
    {
        var many = Message("4.01", """{"@context":"http://host/service/$metadata#Collection($ref)","value":[{"@id":"Orders(10643)"},{"@id":"Orders(10759)"}]}""");
        var one = Message("4.0", """{"@context":"http://host/service/$metadata#$ref","@id":"Orders(10643)"}""");

        Assert.Equal([new Uri("http://host/service/Orders(10643)"), new Uri("http://host/service/Orders(10759)")], Reader.References(many));
        Assert.Equal(new Uri("http://host/service/Orders(10643)"), Reader.Reference(one));
    }

    [Fact]
    public void Text_CountAndValue_AreRead()
    {
        Assert.Equal(12, Reader.Count(new PayloadMessage("4.0", "text/plain", "12"u8.ToArray())));
        Assert.Equal("Åsele", Reader.Text(new PayloadMessage("4.01", "text/plain;charset=utf-8", "Åsele"u8.ToArray())));
    }

    // 21.1: Error Response, example 48.
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public void Error_SpecificationExample_IsRead(string version)
    {
        var message = Message(version, """
            {"error":{"code":"err123","message":"Unsupported functionality","target":"query",
             "details":[{"code":"forty-two","target":"$search","message":"$search query option not supported"}]}}
            """);

        var error = Reader.Error(message);

        Assert.Equal(("err123", "query"), (error.Code, error.Target));
        Assert.Equal("$search", error.Details.Single().Target);
    }

    [Fact]
    public void Entity_ComputedProperty_IsReadIfRequested()
    {
        var message = Message("4.01", """{"@context":"http://host/service/$metadata#Customers(ID,Double)/$entity","ID":"ALFKI","Double":10}""");
        var withComputed = new PayloadReader(EdmModelBuilder.Build(Model), new Uri(Root)) { Computed = ["Double"] };
        var other = new PayloadReader(EdmModelBuilder.Build(Model), new Uri(Root)) { Computed = ["Triple"] };

        Assert.Equal(10m, withComputed.Entity(message)["Double"]);
        Assert.Throws<ODataException>(() => other.Entity(message));
        Assert.Throws<ODataException>(() => Reader.Entity(message));
    }

    [Theory]
    [InlineData("Customers/$entity", "\"ID\":\"A\",\"Unknown\":1")]
    [InlineData("Customers/$entity", "\"ID\":\"A\",\"ID\":\"B\"")]
    [InlineData("Customers/$entity", "\"ID\":5")]
    [InlineData("Customers/$entity", "\"ID\":null")]
    [InlineData("Customers/$entity", "\"ID\":\"A\",\"EmailAddresses\":[null]")]
    [InlineData("Customers/$entity", "\"ID\":\"A\",\"Rank\":\"5\"")]
    [InlineData("Customers/$entity", "\"ID\":\"A\"} {\"more\":1")]
    [InlineData("Customers/$entity", "\"ID\":\"A\",\"EmailAddresses\":[")]
    [InlineData("Unknown/$entity", "\"ID\":\"A\"")]
    [InlineData("Customers(Unknown)/$entity", "\"@type\":\"#ODataDemo.Order\",\"ID\":\"A\"")]
    public void Entity_BrokenPayload_Throws(string context, string members)
    {
        var message = Message("4.01", $$"""{"@context":"http://host/service/$metadata#{{context}}",{{members}}}""");

        Assert.ThrowsAny<ODataException>(() => Reader.Entity(message));
    }

    [Fact]
    public void Entities_WithoutContextOrWrongVersionNames_Throws()
    {
        Assert.Throws<ODataException>(() => Reader.Entities(Message("4.01", """{"value":[]}""")));
        // 4.5: in 4.0 the prefix is required.
        Assert.Throws<ODataException>(() => Reader.Entities(
            new PayloadMessage("4.0", "application/json", """{"@context":"http://host/service/$metadata#Customers","value":[]}"""u8.ToArray())));
    }

    /// <param name="json">The payload of 4.01; for 4.0 the prefix is added to the names of control information.</param>
    private static PayloadMessage Message(string version, string json, string metadata = "minimal") => version == "4.0"
        ? new("4.0", "application/json;odata.metadata=" + metadata, Encoding.UTF8.GetBytes(Regex.Replace(json, "\"(\\w*)@(\\w+)\":", "\"$1@odata.$2\":")))
        : new("4.01", "application/json;metadata=" + metadata, Encoding.UTF8.GetBytes(json));

    private static EntitySet Set(string name, StructuredType type) => new(name, type, new(name, name), new(name, name), []);
}
