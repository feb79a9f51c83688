using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace ODataEngine.Protocol.Metadata;

/// <summary>The used terms of the vocabularies of OData extensions, of which the library has no models.</summary>
internal static class ExtensionVocabularies
{
    /// <summary>Gets <c>Org.OData.Aggregation.V1</c> (OData Data Aggregation 4.0, 5.1).</summary>
    public static IEdmModel Aggregation { get; } = CreateAggregation();

    /// <summary>
    /// Gets <c>Org.OData.Temporal.V1</c> (OData Temporal Data 4.0, Committee Specification 01), whose term is
    /// ApplicationTimeSupport.
    /// </summary>
    public static IEdmModel Temporal { get; } = CreateTemporal();

    private static EdmModel CreateAggregation()
    {
        const string ns = "Org.OData.Aggregation.V1";
        var model = new EdmModel();
        var rollup = new EdmEnumType(ns, "RollupType");
        foreach (var (name, value) in ((string, long)[])[("None", 0), ("SingleHierarchy", 1), ("MultipleHierarchies", 2)])
        {
            rollup.AddMember(name, new EdmEnumMemberValue(value));
        }

        model.AddElement(rollup);
        AddTerm(model, ns, "ApplySupportedDefaults", "ApplySupportedBase");
        AddTerm(model, ns, "ApplySupported", "ApplySupportedType");
        return model;
    }

    private static EdmModel CreateTemporal()
    {
        const string ns = "Org.OData.Temporal.V1";
        var model = new EdmModel();
        model.AddElement(CreateType(ns, "UnitOfTimeDate"));
        model.AddElement(CreateType(ns, "TimelineSnapshot"));
        AddTerm(model, ns, "ApplicationTimeSupport", "ApplicationTimeSupportType");
        return model;
    }

    private static void AddTerm(EdmModel model, string ns, string name, string typeName)
    {
        var type = CreateType(ns, typeName);
        model.AddElement(type);
        model.AddElement(new EdmTerm(ns, name, new EdmComplexTypeReference(type, isNullable: false)));
    }

    // Open: the library has no type for the paths to any property that the properties of the types have.
    private static EdmComplexType CreateType(string ns, string name) => new(ns, name, baseType: null, isAbstract: false, isOpen: true);
}
