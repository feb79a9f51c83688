using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Metadata;

/// <summary>Annotates the service and its sets with their capabilities, in terms of the Capabilities and Core vocabularies.</summary>
internal static class CapabilitiesAnnotations
{
    public static void Add(EdmModel edm, EntityModel model, MetadataOptions options)
    {
        AddToContainer(edm, options);
        foreach (var set in model.Sets)
        {
            AddToSet(edm, set, options);
        }
    }

    private static void AddToContainer(EdmModel edm, MetadataOptions options)
    {
        var container = edm.EntityContainer;
        Vocabulary.Core.Annotate(edm, container, "ODataVersions", new EdmStringConstant("4.0 4.01"));
        // Entity ids are the canonical URLs and can be fetched.
        Vocabulary.Core.Annotate(edm, container, "ConventionalIDs", CreateBoolean(true));
        Vocabulary.Core.Annotate(edm, container, "DereferenceableIDs", CreateBoolean(true));

        Annotate("ConformanceLevel", Vocabulary.Capabilities.CreateEnumMember("ConformanceLevelType", options.ConformanceLevel.ToString()));
        Annotate("SupportedFormats", CreateStrings(options.SupportedFormats));
        Annotate("SupportedMetadataFormats", CreateStrings(["application/xml", "application/json"]));
        if (options.FilterFunctions.Count > 0)
        {
            Annotate("FilterFunctions", CreateStrings(options.FilterFunctions));
        }

        Annotate("KeyAsSegmentSupported", CreateBoolean(true));
        Annotate("QuerySegmentSupported", CreateBoolean(options.QuerySegment));
        Annotate("CrossJoinSupported", CreateBoolean(options.CrossJoin));
        Annotate("AsynchronousRequestsSupported", CreateBoolean(options.AsynchronousRequests));
        Annotate("BatchSupported", CreateBoolean(options.Batch));
        if (options.Batch)
        {
            Annotate("BatchContinueOnErrorSupported", CreateBoolean(true));
            Annotate("BatchSupport", CreateRecord(
                ("Supported", CreateBoolean(true)),
                ("ContinueOnErrorSupported", CreateBoolean(true)),
                ("SupportedFormats", CreateStrings(["multipart/mixed", "application/json"]))));
        }

        void Annotate(string term, IEdmExpression value) => Vocabulary.Capabilities.Annotate(edm, container, term, value);
    }

    private static void AddToSet(EdmModel edm, EntitySet set, MetadataOptions options)
    {
        var target = edm.EntityContainer.FindEntitySet(set.Name);
        Vocabulary.Core.Annotate(edm, target, "Permissions", Vocabulary.Core.CreateEnumMember("Permission", "Read"));

        Annotate("FilterRestrictions", CreateRecord(("Filterable", CreateBoolean(true))));
        Annotate("SortRestrictions", set.Type.Properties.Where(IsUnsortable).ToList() is { Count: > 0 } unsortable
            ? CreateRecord(("Sortable", CreateBoolean(true)), ("NonSortableProperties", CreatePaths(unsortable)))
            : CreateRecord(("Sortable", CreateBoolean(true))));
        Annotate("SearchRestrictions", CreateRecord(("Searchable", CreateBoolean(options.Search && set.SearchPaths.Count > 0))));
        Annotate("ExpandRestrictions", set.Type.AllProperties.Any(property => property.IsNavigation)
            ? CreateRecord(("Expandable", CreateBoolean(true)), ("MaxLevels", new EdmIntegerConstant(options.MaxExpandLevels)))
            : CreateRecord(("Expandable", CreateBoolean(false))));
        // The options of a selected collection: services($filter=…;$top=1).
        Annotate("SelectSupport", CreateRecord(
            ("Supported", CreateBoolean(true)),
            ("Filterable", CreateBoolean(true)),
            ("TopSupported", CreateBoolean(true)),
            ("SkipSupported", CreateBoolean(true)),
            ("ComputeSupported", CreateBoolean(options.Compute)),
            ("Countable", CreateBoolean(true)),
            ("Sortable", CreateBoolean(true))));
        Annotate("CountRestrictions", CreateRecord(("Countable", CreateBoolean(true))));
        Annotate("TopSupported", CreateBoolean(true));
        Annotate("SkipSupported", CreateBoolean(true));
        Annotate("ComputeSupported", CreateBoolean(options.Compute));
        Annotate("IndexableByKey", CreateBoolean(true));
        Annotate("ChangeTracking", CreateRecord(("Supported", CreateBoolean(options.ChangeTracking))));
        Annotate("InsertRestrictions", CreateRecord(("Insertable", CreateBoolean(false))));
        Annotate("UpdateRestrictions", CreateRecord(("Updatable", CreateBoolean(false))));
        Annotate("DeleteRestrictions", CreateRecord(("Deletable", CreateBoolean(false))));

        void Annotate(string term, IEdmExpression value) => Vocabulary.Capabilities.Annotate(edm, target, term, value);
    }

    /// <summary>Returns whether a property can be in <c>$orderby</c>: primitive values other than points, lines and polygons can (OData 4.01 Part 1, 11.2.6.2).</summary>
    private static bool IsUnsortable(Property property) =>
        !property.IsNavigation && property.Type is StructuredType or CollectionType or PrimitiveType { IsGeography: true };

    private static EdmBooleanConstant CreateBoolean(bool value) => new(value);

    private static EdmCollectionExpression CreateStrings(IEnumerable<string> values) => new(values.Select(value => new EdmStringConstant(value)));

    private static EdmCollectionExpression CreatePaths(IEnumerable<Property> properties) =>
        new(properties.Select(property => new EdmPropertyPathExpression(property.Name)));

    private static EdmRecordExpression CreateRecord(params (string Name, IEdmExpression Value)[] members) =>
        new(members.Select(member => new EdmPropertyConstructor(member.Name, member.Value)));
}
